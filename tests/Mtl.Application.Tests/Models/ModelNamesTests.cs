using Mtl.Grains.Tests.Hosting;

namespace Mtl.Application.Tests.Models;

public class ModelNamesTests
{
    [Fact]
    public async Task Experiments_of_like_names_keep_their_models_apart()
    {
        await using var application = await Application.StartAsync();
        var definition = SmallTable.Definition(application.Platform.Table, epochs: 1);

        var small = await ModelAsync(application, "Small");
        var loud = await ModelAsync(application, "Small!");

        small.ShouldBe("small/1");
        loud.ShouldMatch("^small-[0-9a-f]{6}/1$");
        (await application.Models.GetAsync("small")).Value.Version.ShouldBe(1);

        async Task<string> ModelAsync(Application application, string name)
        {
            var experiment = (await application.Experiments.CreateAsync(definition with { Name = name })).Value;
            var run = (await application.Experiments.StartAsync(experiment)).Value[0];
            await application.Platform.CompleteAsync(run);
            return (await application.Runs.GetAsync(run)).Value.Model;
        }
    }
}

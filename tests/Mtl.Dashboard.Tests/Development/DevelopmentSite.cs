using Mtl.Application;
using Mtl.Application.Access;
using Mtl.Application.Datasets;
using Mtl.Application.Experiments;
using Mtl.Application.Models;
using Mtl.Application.People;
using Mtl.Application.Runs;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.SignIn;

namespace Mtl.Dashboard.Tests.Development;

/// <summary>The dashboard over experiments that are made up in memory and train by the clock.</summary>
internal static class DevelopmentSite
{
    public static WebApplication Create(string address, string environment = "Development")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DevelopmentSite).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = environment,
        });
        builder.WebHost.UseUrls(address).UseStaticWebAssets();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMtlDashboard();
        builder.Services.AddSingleton<ICatalogue, DevelopmentCatalogue>();
        builder.Services.AddSingleton<DevelopmentLaboratory>();
        builder.Services.AddSingleton(new ApplicationOptions { DatasetsFolder = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IDatasets, DevelopmentDatasets>();
        builder.Services.AddSingleton<IExperiments, DevelopmentExperiments>();
        builder.Services.AddSingleton<DevelopmentRuns>();
        builder.Services.AddSingleton<IRuns>(services => services.GetRequiredService<DevelopmentRuns>());
        builder.Services.AddSingleton<DevelopmentModels>();
        builder.Services.AddSingleton<IModels>(services => services.GetRequiredService<DevelopmentModels>());
        builder.Services.AddSingleton<IRegisteredModels>(services => services.GetRequiredService<DevelopmentModels>());
        builder.Services.AddSingleton<IPredictions, DevelopmentPredictions>();
        builder.Services.AddSingleton(new PeopleOptions());
        builder.Services.AddSingleton<DevelopmentPeople>();
        builder.Services.AddScoped<CallerContext>();
        builder.Services.AddSingleton<IAccess>(services => services.GetRequiredService<DevelopmentPeople>());
        builder.Services.AddSingleton<IAuthentication>(services => services.GetRequiredService<DevelopmentPeople>());
        builder.Services.AddSingleton<IAccounts>(services => services.GetRequiredService<DevelopmentPeople>());
        builder.Services.AddSingleton<IPeople>(services => services.GetRequiredService<DevelopmentPeople>());
        builder.Services.AddSingleton<IPermissions>(services => services.GetRequiredService<DevelopmentPeople>());
        builder.Services.AddSingleton<IAudit>(services => services.GetRequiredService<DevelopmentPeople>());
        DevelopmentTogether.Add(builder.Services);
        builder.Services.AddMtlSignIn(new PeopleOptions(), external: null);

        var site = builder.Build();
        site.UseAuthentication();
        site.UseAntiforgery();
        site.MapMtlDashboard();
        site.MapPost("/api/v1/datasets", async (IFormFile file, IDatasets datasets) =>
        {
            await using var content = file.OpenReadStream();
            var added = await datasets.UploadAsync(file.FileName, content);
            return added.IsSuccess ? Results.Json(added.Value, DefinitionJson.Options) : Results.Json(added.Error, DefinitionJson.Options, statusCode: StatusCodes.Status400BadRequest);
        }).DisableAntiforgery();
        return site;
    }
}

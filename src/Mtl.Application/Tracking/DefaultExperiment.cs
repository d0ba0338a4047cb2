using Microsoft.Extensions.Hosting;
using Mtl.Core;
using Mtl.Tracking.Experiments;

namespace Mtl.Application.Tracking;

/// <summary>Sees to it that there is the experiment of clients that name none, before the first of them comes. Where another experiment has its name, it is named by its id.</summary>
internal sealed class DefaultExperiment(IExperimentStore experiments, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await experiments.GetAsync(Experiment.DefaultId, cancellationToken)).IsSuccess)
            return;
        var added = await AddAsync(Experiment.DefaultName, cancellationToken);
        if (added is { IsSuccess: false, Error.Kind: ErrorKind.Conflict })
            await AddAsync(Experiment.DefaultId, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<Result<Experiment>> AddAsync(string name, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return experiments.AddAsync(new Experiment(Experiment.DefaultId, name, null, now, now, IsDeleted: false, Version: 0), cancellation);
    }
}

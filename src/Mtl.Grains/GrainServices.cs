using Microsoft.Extensions.DependencyInjection;
using Mtl.Core.Catalogue;
using Mtl.Grains.Training;
using Mtl.Learning.Catalogue;
using Mtl.Serving;

namespace Mtl.Grains;

/// <summary>Registers what the grains work with.</summary>
public static class GrainServices
{
    /// <param name="takesUpRuns">Whether a supervisor takes up runs that nobody attends to.</param>
    public static IServiceCollection AddMtlGrains(this IServiceCollection services, bool takesUpRuns = true)
    {
        services
            .AddSingleton<ICatalogue>(MethodCatalogue.Standard)
            .AddSingleton<TableSource>()
            .AddSingleton(new ServingOptions())
            .AddSingleton<ModelNaming>()
            .AddSingleton<TrainingServices>();
        return takesUpRuns ? services.AddHostedService<RunSupervisor>() : services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Mtl.Core.Catalogue;
using Mtl.Grains.Training;
using Mtl.Learning.Catalogue;
using Mtl.Serving;

namespace Mtl.Grains;

/// <summary>Registers what the grains work with.</summary>
public static class GrainServices
{
    public static IServiceCollection AddMtlGrains(this IServiceCollection services) => services
        .AddSingleton<ICatalogue>(MethodCatalogue.Standard)
        .AddSingleton<TableSource>()
        .AddSingleton(new ServingOptions())
        .AddSingleton<TrainingServices>()
        .AddHostedService<RunSupervisor>();
}

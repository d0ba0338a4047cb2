using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mtl.Core.Catalogue;

namespace Mtl.Api.Native;

internal static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder api) =>
        api.MapGet("/methods", (ICatalogue catalogue) => HttpResults.Json(catalogue.Methods)).WithTags("Methods").WithSummary("Every method with its options, formula and source.");
}

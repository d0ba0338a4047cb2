using Mtl.Api.Mlflow.Wire;
using Mtl.Application.Tracking;

namespace Mtl.Api.Mlflow;

internal static class ArtifactRoutes
{
    public static IReadOnlyList<MlflowRoute> All { get; } =
    [
        new("GET", "artifacts/list", [Field.Run, Field.Text("path"), Field.Text("page_token")], async call => (await call.Use<IArtifactTracking>()
            .ListOfRunAsync(call.Fields.RunId, call.Fields.Text("path"), call.Cancellation)).Map(Listing)),
    ];

    public static object Listing(ArtifactListing listing) => new ListingMessage(listing.RootUri, MlflowJson.Some(listing.Entries.Select(FileMessage.Of)));

    private sealed record ListingMessage(string RootUri, IReadOnlyList<FileMessage>? Files);
}

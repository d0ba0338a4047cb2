using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Core.Definitions;

namespace Mtl.Application.Experiments;

/// <summary>Whether the caller may use what a definition names: its datasets, the run or file that it starts from, and files of the server, which administrators alone may name.</summary>
internal sealed class DefinitionAccess(IAccess access)
{
    /// <param name="definition">As it is to be stored or run.</param>
    /// <param name="before">The one that it replaces or varies; what stands in that already may stay. Null for none.</param>
    public async Task<Error?> RefuseAsync(ExperimentDefinition definition, ExperimentDefinition? before, CancellationToken cancellation)
    {
        foreach (var id in definition.Data.Datasets().Except(before?.Data.Datasets() ?? []))
        {
            if (await access.RefuseAsync(Permission.Read, Resource.Dataset(id), cancellation) is { } hidden)
                return hidden;
        }

        if (definition.Transfer is { Run.Length: > 0 } transfer && transfer.Run != before?.Transfer?.Run
            && await access.RefuseAsync(Permission.Read, Resource.Run(transfer.Run), cancellation) is { } foreign)
            return foreign;
        return Files(definition).Except(before is null ? [] : Files(before)).Any() && await access.RefuseAsync(Permission.Manage, Resource.Platform, cancellation) is { } refusal
            ? refusal.Kind == ErrorKind.Forbidden ? Refusals.ServerFile() : refusal
            : null;
    }

    private static IEnumerable<string> Files(ExperimentDefinition definition) =>
        (definition.Data.Tables?.Values.Select(table => table.Path) ?? []).Append(definition.Data.Path).Append(definition.Transfer?.Model ?? "").Where(path => path.Length > 0);
}

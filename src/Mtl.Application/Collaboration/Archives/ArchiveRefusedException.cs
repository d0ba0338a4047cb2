namespace Mtl.Application.Collaboration.Archives;

/// <summary>An archive turned out to be something else while it was read; caught where the import ends, and made an error with this reason there.</summary>
internal sealed class ArchiveRefusedException(string reason) : Exception(reason);

namespace Mtl.Dashboard.Components.Controls;

/// <summary>One of a page's tabs.</summary>
public sealed record TabLink(string Key, string Title, string Address);

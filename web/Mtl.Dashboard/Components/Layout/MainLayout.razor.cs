using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Mtl.Dashboard.Components.Layout;

public sealed partial class MainLayout(NavigationManager navigation) : LayoutComponentBase, IDisposable
{
    private ErrorBoundary? boundary;

    /// <summary>This page's address without its fragment, for links within the page.</summary>
    private string Here => "/" + navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0];

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => navigation.LocationChanged += OnLocationChanged;

    private bool IsOn(params string[] sections) => sections.Contains(navigation.ToBaseRelativePath(navigation.Uri).Split('/', '?')[0]);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        boundary?.Recover();
        _ = InvokeAsync(StateHasChanged);
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Mtl.Application.Access;
using Mtl.Dashboard.Handing;

namespace Mtl.Dashboard.Components.Layout;

public sealed partial class MainLayout(NavigationManager navigation, IAccess access, IHttpContextAccessor http, Handover handover) : LayoutComponentBase, IDisposable
{
    private ErrorBoundary? boundary;

    /// <summary>This page's address without its fragment, for links within the page.</summary>
    private string Here => "/" + navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0];

    private Caller Caller => access.Caller;

    /// <summary>The page is there as a text, and its connection to the server is still to come.</summary>
    private bool IsComing => !RendererInfo.IsInteractive && http.HttpContext?.AcceptsInteractiveRouting() != false;

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => navigation.LocationChanged += OnLocationChanged;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            handover.Close();
    }

    private bool IsOn(params string[] sections) => sections.Contains(navigation.ToBaseRelativePath(navigation.Uri).Split('/', '?')[0]);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        boundary?.Recover();
        _ = InvokeAsync(StateHasChanged);
    }
}

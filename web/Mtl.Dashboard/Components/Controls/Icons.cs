namespace Mtl.Dashboard.Components.Controls;

/// <summary>The dashboard's icons: strokes on a 24 × 24 grid.</summary>
public static class Icons
{
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["activity"] = "<path d='M3 12h4l3 8 4-16 3 8h4'/>",
        ["alert"] = "<path d='M12 8v5m0 3.5v.01M10.3 3.9 2.4 18a2 2 0 0 0 1.7 3h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z'/>",
        ["arrow-left"] = "<path d='M19 12H5m6 6-6-6 6-6'/>",
        ["arrow-right"] = "<path d='M5 12h14m-6-6 6 6-6 6'/>",
        ["box"] = "<path d='m12 2.5 8.5 4.7v9.6L12 21.5l-8.5-4.7V7.200Z M3.500 7.200 12 12l8.500-4.800M12 12v9.500'/>",
        ["check"] = "<path d='m4 12.500 5 5L20 6.500'/>",
        ["clock"] = "<circle cx='12' cy='12' r='9'/><path d='M12 7v5l3.500 2'/>",
        ["copy"] = "<rect x='9' y='9' width='12' height='12' rx='2'/><path d='M5 15H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v1'/>",
        ["download"] = "<path d='M12 3v12m-5-5 5 5 5-5M4 20h16'/>",
        ["edit"] = "<path d='m4 20 1-4.500L16.500 4a2 2 0 0 1 3 3L8 18.500Zm10-13.500 3 3'/>",
        ["file"] = "<path d='M14 2.500H6a1 1 0 0 0-1 1v17a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-13Zm0 0v5h5'/>",
        ["info"] = "<circle cx='12' cy='12' r='9'/><path d='M12 11v5m0-8.500v.010'/>",
        ["layers"] = "<path d='m12 3 9 5-9 5-9-5Zm-9 9.500 9 5 9-5M3 17l9 5 9-5'/>",
        ["moon"] = "<path d='M20.500 14.500A8.500 8.500 0 1 1 9.500 3.500a7 7 0 0 0 11 11Z'/>",
        ["pause"] = "<path d='M8 5v14M16 5v14'/>",
        ["play"] = "<path d='M7 4.500v15l12-7.500Z'/>",
        ["plus"] = "<path d='M12 5v14M5 12h14'/>",
        ["search"] = "<circle cx='11' cy='11' r='7'/><path d='m20.500 20.500-4.500-4.500'/>",
        ["sign-out"] = "<path d='M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5M15 8l4 4-4 4M19 12H9'/>",
        ["spark"] = "<path d='M12 3v4m0 10v4M3 12h4m10 0h4M6 6l2.500 2.500m7 7L18 18M18 6l-2.500 2.500m-7 7L6 18'/>",
        ["star"] = "<path d='m12 3.500 2.600 5.400 5.900.8-4.300 4.100 1 5.900L12 16.900l-5.200 2.800 1-5.900L3.500 9.700l5.900-.8Z'/>",
        ["stop"] = "<circle cx='12' cy='12' r='9'/><path d='m6 6 12 12'/>",
        ["sun"] = "<circle cx='12' cy='12' r='4'/><path d='M12 2v2.500m0 15V22M2 12h2.500m15 0H22M4.900 4.900l1.800 1.800m10.600 10.600 1.800 1.800m0-14.200-1.800 1.800M6.700 17.300l-1.800 1.800'/>",
        ["table"] = "<rect x='3' y='4' width='18' height='16' rx='2'/><path d='M3 10h18M9 10v10M3 15h18'/>",
        ["trash"] = "<path d='M4 7h16M9 7V4h6v3m3 0-1 13H7L6 7m4 4v6m4-6v6'/>",
        ["upload"] = "<path d='M12 16V4m-5 5 5-5 5 5M4 20h16'/>",
        ["user"] = "<circle cx='12' cy='8' r='4'/><path d='M4 20.500c1-4 4.200-6 8-6s7 2 8 6'/>",
        ["x"] = "<path d='m6 6 12 12M18 6 6 18'/>",
    };

    /// <summary>The strokes of an icon.</summary>
    /// <exception cref="KeyNotFoundException">There is no icon of that name.</exception>
    public static string Path(string name) => Paths[name];
}

using Orleans.Runtime;

namespace Orleans;

/// <summary>The root of interfaces by which grains notify objects that are no grains.</summary>
public interface IGrainObserver : IAddressable;

namespace Mtl.Tracking.Collaboration.Webhooks;

public enum DeliveryStatus
{
    /// <summary>To be sent when it is due, for the first time or again.</summary>
    Waiting,

    /// <summary>Answered with a 2xx status.</summary>
    Delivered,

    /// <summary>Given up; it is sent again when a person asks for it.</summary>
    Dead,
}

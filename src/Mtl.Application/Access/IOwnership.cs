namespace Mtl.Application.Access;

/// <summary>Who makes something has MANAGE on it.</summary>
public interface IOwnership
{
    /// <summary>Gives the caller MANAGE on what they are about to make; nothing for callers without an account.</summary>
    Task TakeAsync(Resource resource);
}

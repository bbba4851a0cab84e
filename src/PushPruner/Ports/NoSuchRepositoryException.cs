namespace PushPruner.Ports;

/// <summary>The registry has no repository of this name, or no longer.</summary>
public sealed class NoSuchRepositoryException(string repository, Exception? inner = null)
    : Exception($"there is no repository {repository}", inner)
{
    public string Repository { get; } = repository;
}

using PushPruner.Cli.Layers;
using PushPruner.Ports;

namespace PushPruner.Cli.Snapshots;

/// <summary>Where surveys come from: a registry at AWS, or one that was saved.</summary>
interface ISource : IDisposable
{
    /// <summary>Of the registry those that are asked for, in the order in which they are told.</summary>
    Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken);

    /// <exception cref="NoSuchRepositoryException">There is no such repository, as far as it was asked.</exception>
    Task<IRegistry> RegistryOfAsync(string repository, CancellationToken cancellationToken);

    /// <summary>What is remembered of a repository beside ECR's word. Nobody writes to it.</summary>
    Task<IManifestIndex> IndexOfAsync(string repository, CancellationToken cancellationToken);

    /// <summary>Whether repositories share layers; unknown where nobody can say.</summary>
    Task<BlobMounting> ReadBlobMountingAsync(CancellationToken cancellationToken);

    /// <summary>What it is, in a sentence; known once a repository was asked for.</summary>
    string? Title { get; }

    /// <summary>Which registry it is, as far as that is known; known once a repository was asked for.</summary>
    RegistryPlace Place { get; }

    /// <summary>Whether the reading of a manifest is recorded as a pull of it.</summary>
    bool IsReadingAPull { get; }

    /// <summary>
    /// What whoever reads a result has to know of where it comes from; a sentence each, complete once all repositories were asked for.
    /// </summary>
    IReadOnlyList<string> Notes { get; }
}

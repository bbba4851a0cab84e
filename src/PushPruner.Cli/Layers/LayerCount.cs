namespace PushPruner.Cli.Layers;

/// <summary>Counts layers for a command that was asked to: reads the manifests of one repository after the other.</summary>
sealed class LayerCount
{
    readonly SnapshotRun seen;
    readonly LayerLedger storage;
    int counted;
    int missing;
    bool isEveryOneSeen = true;

    LayerCount(SnapshotRun seen, BlobMounting mounting)
    {
        this.seen = seen;
        Mounting = mounting;
        storage = new LayerLedger(mounting);
    }

    public BlobMounting Mounting { get; }

    /// <summary>Null when nothing could be read.</summary>
    public LayerTotal? Total => counted == 0
        ? null
        : new LayerTotal(storage.Total, Mounting, missing, IsWholeRegistry: seen.IsWholeRegistry && isEveryOneSeen && missing == 0);

    public static Option<bool> CreateOption() => SettingOption.Flag(
        "--layers", "Read every manifest and count each layer once: what is really stored and freed. ECR counts it as a pull of each.");

    public static async Task<LayerCount> BeginAsync(SnapshotRun seen, CancellationToken stop)
    {
        if (seen.Source.IsReadingAPull)
        {
            seen.Progress.Say(
                "Every manifest is read for its layers. ECR records that as a pull of each, which lifecycle rules and KEEP_PULLED_DAYS "
                    + "go by.");
        }

        return new LayerCount(seen, await seen.Source.ReadBlobMountingAsync(stop));
    }

    /// <summary>A repository could not be looked at.</summary>
    public void Skip() => isEveryOneSeen = false;

    /// <returns>The layers and their sums, or why they can't be read; no layers when not one manifest could be read.</returns>
    public async Task<(RepositoryLayers? Layers, LayerSums? Sums, string? Error)> AddAsync(
        RepositorySnapshot snapshot, CancellationToken stop)
    {
        try
        {
            var registry = await seen.Source.RegistryOfAsync(snapshot.Repository, stop);
            var layers = await LayerReading.ReadAsync(registry, snapshot, seen.Progress, stop);
            if (layers is { Blobs.Count: 0, Unread.Count: > 0 })
            {
                missing++;
                return (null, null, null);
            }

            counted++;
            return (layers, storage.Add(layers), null);
        }
        catch (Exception e) when (ErrorText.IsOfAws(e) && !stop.IsCancellationRequested)
        {
            missing++;
            var error = $"its manifests can't be read: {ErrorText.Describe(e)}";
            seen.Progress.Say($"{snapshot.Repository}: {error}");
            return (null, null, error);
        }
    }
}

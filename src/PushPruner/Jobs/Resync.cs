using PushPruner.Ports;
using PushPruner.Rules;

namespace PushPruner.Jobs;

/// <summary>Lists one repository in full and sets its rows right. It deletes nothing.</summary>
sealed class Resync(Workbench bench)
{
    const int StateTries = 8;

    /// <summary>A listing that came to its end.</summary>
    /// <param name="Facts">Every manifest of the repository.</param>
    /// <param name="Overrides">Read after the listing.</param>
    /// <param name="IsPushFiled">False when another run wrote the pushed manifest's row meanwhile: it has to be recorded on top of that.</param>
    public sealed record Listing(IReadOnlyDictionary<Digest, Fact> Facts, OverridesReading Overrides, RepositoryState State, bool IsPushFiled);

    /// <summary>Null when the function's time runs short; what was written by then is right, but not all.</summary>
    /// <param name="state">The repository's state as read; null when the index has never seen it.</param>
    /// <param name="push">The event being handled.</param>
    public async Task<Listing?> RunAsync(RepositoryState? state, ImagePush? push, CancellationToken cancellationToken)
    {
        // Rows are read before the listing begins: one that a push writes meanwhile has another revision and is left alone.
        var begun = bench.Now;
        var contents = await bench.Index.ReadAllAsync(bench.Repository, cancellationToken);

        var manifests = new Dictionary<Digest, Manifest>();
        await foreach (var manifest in bench.Registry.ListAsync(bench.Repository, cancellationToken))
        {
            if (bench.IsShortOfTime)
                return null;
            manifests[manifest.Digest] = manifest;
        }

        var overrides = await OverridesReading.ReadAsync(bench, cancellationToken);
        var policy = overrides.Overrides.ApplyTo(bench.Settings.Policy);
        var reading = new IndexReading(bench);
        if (!await reading.ReadAsync(manifests.Values, contents.Rows, cancellationToken))
        {
            await reading.KeepAsync(manifests.Keys, contents.Rows, cancellationToken);
            return null;
        }

        var recalled = manifests.Values.Select(m => reading.Apply(Recall.Fact(m, contents.Rows.GetValueOrDefault(m.Digest), push, bench.Now)));
        var facts = Recognition.Of(recalled, begun - policy.SettleTime);
        var repair = new IndexRepair(bench, policy, contents);
        await repair.RunAsync(facts, cancellationToken);
        if (bench.IsShortOfTime)
            return null;

        var unreadable = facts.Values.Where(f => f.IsUnreadable).Select(f => (Digest?)f.Digest).Min();
        var listed = new RepositoryState { ListedAt = begun, Unreadable = unreadable, Overrides = overrides.Overrides, Revision = state?.Revision ?? IndexRow.Unwritten };
        listed = await WriteListedAsync(listed, cancellationToken);
        return new Listing(facts, overrides, listed, push is null || !facts.ContainsKey(push.Digest) || repair.IsFiled(push.Digest));
    }

    // Another run may have listed as well, or given up and left its mark: a listing that came to its end wins over both.
    async Task<RepositoryState> WriteListedAsync(RepositoryState listed, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            if (await bench.Index.TryWriteStateAsync(bench.Repository, listed, cancellationToken) is { } written)
                return written;
            if (tries == StateTries)
                throw new ContestedRowException(bench.Repository, "the repository's state");

            // An index that a push meanwhile could not read stands in no listing.
            var stored = (await bench.Index.ReadAsync(bench.Repository, [], tag: null, cancellationToken)).State ?? new RepositoryState();
            listed = listed with { Revision = stored.Revision, Unreadable = listed.Unreadable ?? stored.Unreadable };
        }
    }
}

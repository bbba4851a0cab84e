using PushPruner.Jobs;
using PushPruner.Recording;

namespace PushPruner.Pruning;

/// <summary>The rows of the index that ECR's answer on candidates contradicts.</summary>
/// <param name="ToWrite">Rows that ECR's answer changes, ready to be written.</param>
/// <param name="Shared">Rows of followers that are kept because something else owns them as well.</param>
/// <param name="ToRemove">What ECR says is gone, each with its row as it was before ECR was asked; null if there was none.</param>
/// <param name="ToRefresh">Manifests whose rows were not read: ECR and the index have to be asked for them again.</param>
/// <param name="Contradictions">What an event should have reported, and did not.</param>
/// <param name="IsRankingRight">True if the window and the candidates' places in the index are right.</param>
/// <param name="GoneOfWindow">How many of the newest are gone.</param>
sealed record RowCorrections(
    IReadOnlyList<IndexRow> ToWrite,
    IReadOnlyList<IndexRow> Shared,
    IReadOnlyDictionary<Digest, IndexRow?> ToRemove,
    IReadOnlyList<Digest> ToRefresh,
    IReadOnlyList<Digest> Contradictions,
    bool IsRankingRight,
    int GoneOfWindow)
{
    public bool IsEmpty => ToWrite.Count == 0 && ToRemove.Count == 0 && ToRefresh.Count == 0;

    /// <summary>True if something asked for is gone: most likely another run has just deleted it.</summary>
    public bool IsAnythingGone => ToRemove.Count > 0 || GoneOfWindow > 0;

    /// <summary>All digests whose rows are wrong.</summary>
    public IEnumerable<Digest> Digests => ToRemove.Keys.Concat(ToRefresh).Concat(ToWrite.Select(row => row.Digest));

    /// <summary>Compares rows with ECR's answer. It writes nothing.</summary>
    /// <param name="judged">What ECR found, each with the rule's verdict.</param>
    /// <param name="expired">What may be deleted.</param>
    /// <param name="policy">The policy that pushes query the index by.</param>
    public static RowCorrections Of(
        ConfirmationAnswer answer,
        IReadOnlyList<(KnownManifest Known, Verdict Verdict)> judged,
        IReadOnlySet<Digest> expired,
        RetentionPolicy policy)
    {
        var groups = answer.Groups;
        // The row of an owner that is gone is left as long as something is to be deleted after it: nothing else leads there.
        var ownersStillNeeded = judged.Where(j => expired.Contains(j.Known.Digest) || j.Known.IsSpared)
            .SelectMany(j => groups.OwnersOf(j.Known.Manifest))
            .ToHashSet();
        var toRemove = answer.Description.Gone
            .Where(d => groups.CandidatesAndFollowers.Contains(d) && !ownersStillNeeded.Contains(d))
            .ToDictionary(d => d, groups.Rows.GetValueOrDefault);

        // An answer older than the index corrects nothing: the next one will be newer.
        var compared = judged
            .Where(j => !expired.Contains(j.Known.Digest) && j.Verdict.Group?.IsSpared != true)
            .Where(j => !(j.Verdict.IsDoubt && answer.UnseenTags.Count > 0))
            .Select(j => Comparison.Of(answer, j.Known, j.Verdict, policy))
            .ToList();
        List<IndexRow> toWrite = [.. compared.Where(c => c.Row is not null && c.IsWrong).Select(c => c.Rebuilt)];
        Digest[] toRefresh =
        [
            // Those of the window have a place, but their rows weren't read.
            .. answer.Description.Gone.Where(answer.Window.ContainsKey),
            .. compared.Where(c => c.Row is null && c.IsWrong).Select(c => c.Rebuilt.Digest),
        ];

        // No event reports that an image was archived: it is corrected, and is no sign that an event was missed.
        var archived = answer.Description.Found.Where(m => m.Status != ManifestStatus.Active).Select(m => m.Digest).ToHashSet();
        var missed = toWrite.Where(rebuilt => !RowBuilder.DiffersWithoutEvent(groups.Rows[rebuilt.Digest], rebuilt, policy));
        return new RowCorrections(
            toWrite,
            [.. compared.Where(c => groups.Followers.Contains(c.Rebuilt.Digest)).Select(c => c.Shared).OfType<IndexRow>()],
            toRemove,
            toRefresh,
            [.. toRemove.Keys.Concat(toRefresh).Concat(missed.Select(row => row.Digest)).Where(d => !archived.Contains(d))],
            answer.GoneOfWindow == 0 && compared.TrueForAll(c => c.IsRankRight),
            answer.GoneOfWindow);
    }

    /// <summary>Corrects the rows. One that another run has written since it was read is left to that run.</summary>
    /// <exception cref="ContestedRowException">Other runs kept writing the same row; a retry helps.</exception>
    public async Task WriteAsync(RunContext run, RetentionPolicy policy, CancellationToken cancellationToken)
    {
        await WriteReadyAsync(run, cancellationToken);
        var refresher = new RowRefresher(run);
        await refresher.RemoveGoneAsync(ToRemove, cancellationToken);
        await refresher.RefreshAsync(ToRefresh, policy, known: null, push: null, cancellationToken);
    }

    /// <summary>Writes the rows that are ready. It asks ECR nothing.</summary>
    public Task WriteReadyAsync(RunContext run, CancellationToken cancellationToken) =>
        RunContext.InParallelAsync(ToWrite, row => run.Index.TryWriteAsync(run.Repository, row, cancellationToken));

    /// <summary>One manifest's row, and what it would be by ECR's answer.</summary>
    /// <param name="IsWrong">True if it has to be corrected.</param>
    /// <param name="IsRankRight">True if its place among the newest, or the lack of one, is right.</param>
    sealed record Comparison(IndexRow? Row, IndexRow Rebuilt, bool IsWrong, bool IsRankRight)
    {
        public IndexRow? Shared => Row is null ? null : Row with { History = Rebuilt.History };

        public static Comparison Of(ConfirmationAnswer answer, KnownManifest known, Verdict verdict, RetentionPolicy policy)
        {
            var groups = answer.Groups;
            var row = groups.Rows.GetValueOrDefault(known.Digest);
            var isCandidate = groups.Candidates.Contains(known.Digest);
            var rebuilt = Rebuild(answer, known, row, verdict, policy, isCandidate);
            var isRankRight = answer.Window.TryGetValue(known.Digest, out var place)
                ? rebuilt.RankedAt == place.ProvenFor && rebuilt.Stream == place.Stream
                : !isCandidate || (rebuilt.RankedAt == row?.RankedAt && rebuilt.Stream == row?.Stream);
            if (row is null)
                return new Comparison(row, rebuilt, !isRankRight || groups.CandidatesAndFollowers.Contains(known.Digest), isRankRight);

            // The promotion by a tag that the row lacks is written, or each look would give it a new date, and the image would never
            // expire.
            var isHistoryRight = rebuilt.History.Owners.Equals(row.History.Owners) && rebuilt.History.PromotedAt == row.History.PromotedAt;
            var isPlaceRight = !isCandidate || (isRankRight && rebuilt.DueFrom == row.DueFrom);
            return new Comparison(row, rebuilt, !isHistoryRight || !isPlaceRight, isRankRight);
        }

        // What is in doubt takes no place, or every push would look at it again.
        static IndexRow Rebuild(
            ConfirmationAnswer answer, KnownManifest known, IndexRow? row, Verdict verdict, RetentionPolicy policy, bool isCandidate)
        {
            known = known with { History = known.History with { Owners = known.History.Owners.Without(answer.Gone.Contains) } };
            var revision = row?.Revision ?? IndexRow.Unwritten;
            return isCandidate
                ? RowBuilder.Build(policy, answer.At, known, revision, verdict)
                : RowBuilder.Build(policy, answer.At, known, revision, verdict.Group);
        }
    }
}

using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A repository's own state as an item.</summary>
static class StateItem
{
    public static Item Write(string repository, RepositoryState state) => new ItemWriter()
        .Text(Attributes.Repository, repository)
        .Text(Attributes.Digest, Attributes.State)
        .Time(Attributes.ListedAt, state.ListedAt)
        .Time(Attributes.DeferredAt, state.DeferredAt)
        .Text(Attributes.Unreadable, state.Unreadable?.Digest.Value)
        .Time(Attributes.UnreadableUntil, state.Unreadable?.Until)
        .Text(Attributes.HaltedUnder, state.HaltedUnder)
        .Number(Attributes.KeepNewest, state.Overrides.KeepNewest)
        .Span(Attributes.KeepFor, state.Overrides.KeepFor)
        .Texts(Attributes.ProtectTags, state.Overrides.ProtectTags.Patterns.Select(p => p.Pattern))
        .Flag(Attributes.Enabled, state.Overrides.Enabled)
        .Text(Attributes.Malformed, state.Overrides.Malformed)
        .Time(Attributes.ContendedUntil, state.ContendedUntil)
        .Number(Attributes.Revision, state.Revision)
        .ToItem();

    /// <summary>
    /// Null if it cannot be read: then the index has never seen the repository. The same holds for a state of an older version, because
    /// its rows have no places that this version asks for. Such a repository is listed in full before anything is deleted.
    /// </summary>
    public static RepositoryState? Read(Item item)
    {
        var reader = new ItemReader(item);
        reader.RequireCurrentVersion();
        var keepNewest = reader.NumberOrNull(Attributes.KeepNewest);
        var keepFor = reader.SpanOrNull(Attributes.KeepFor);
        // Larger values than a resource tag allows could add up to a time that no calendar has.
        reader.Require(keepNewest is null or (>= 1 and <= Setting.MostNewest));
        reader.Require(keepFor is null || (keepFor >= TimeSpan.Zero && keepFor <= TimeSpan.FromDays(Setting.LongestDays)));
        var state = new RepositoryState
        {
            ListedAt = reader.TimeOrNull(Attributes.ListedAt),
            DeferredAt = reader.TimeOrNull(Attributes.DeferredAt),
            Unreadable = reader.DigestOrNull(Attributes.Unreadable) is { } list
                ? new UnreadableList(list, reader.TimeOrNull(Attributes.UnreadableUntil))
                : null,
            HaltedUnder = reader.TextOrNull(Attributes.HaltedUnder),
            Overrides = new RepositoryOverrides
            {
                KeepNewest = (int?)keepNewest,
                KeepFor = keepFor,
                ProtectTags = WildcardSet.Of(reader.Texts(Attributes.ProtectTags)),
                Enabled = reader.Flag(Attributes.Enabled),
                Malformed = reader.TextOrNull(Attributes.Malformed),
            },
            ContendedUntil = reader.TimeOrNull(Attributes.ContendedUntil),
            Revision = reader.Number(Attributes.Revision),
        };
        return reader.IsReadable ? state : null;
    }
}

using PushPruner.Policies;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>A policy as a part of an item.</summary>
static class PolicyPart
{
    public static Item Write(RetentionPolicy policy) => new ItemWriter()
        .Number(Attributes.KeepNewest, policy.KeepNewest)
        .Span(Attributes.KeepFor, policy.KeepFor)
        .Texts(Attributes.ProtectTags, policy.ProtectTags.Patterns.Select(p => p.Pattern))
        .Span(Attributes.KeepPulledFor, policy.KeepPulledFor)
        .Span(Attributes.SettleTime, policy.SettleTime)
        .ToItem();

    /// <summary>Null when it can't be read.</summary>
    public static RetentionPolicy? Read(Item item)
    {
        var reader = new ItemReader(item);
        reader.RequireVersionSince(Attributes.OldestReadVersion);
        var keepNewest = reader.Number(Attributes.KeepNewest);
        var keepFor = reader.SpanOrNull(Attributes.KeepFor);
        var keepPulledFor = reader.SpanOrNull(Attributes.KeepPulledFor);
        var settleTime = reader.SpanOrNull(Attributes.SettleTime);
        reader.Require(keepNewest is >= 1 and <= Setting.MostNewest);
        reader.Require(keepFor is not null && keepPulledFor is not null && settleTime is not null);
        var protectTags = WildcardSet.Of(reader.Texts(Attributes.ProtectTags));
        return reader.IsReadable
            ? new RetentionPolicy
            {
                KeepNewest = (int)keepNewest,
                KeepFor = keepFor!.Value,
                ProtectTags = protectTags,
                KeepPulledFor = keepPulledFor!.Value,
                SettleTime = settleTime!.Value,
            }
            : null;
    }
}

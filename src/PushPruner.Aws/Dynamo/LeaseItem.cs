using PushPruner.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>The lease on a repository as an item. Only conditions read it.</summary>
static class LeaseItem
{
    public static Item Write(string repository, Lease lease) => new ItemWriter()
        .Text(Attributes.Repository, repository)
        .Text(Attributes.Digest, Attributes.Lease)
        .Text(Attributes.RequestId, lease.Holder)
        .Time(Attributes.Until, lease.Until)
        .ToItem();
}

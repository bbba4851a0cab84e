using System.Globalization;
using Amazon.DynamoDBv2.Model;
using PushPruner.Ports;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Dynamo;

/// <summary>
/// Adds a digest to a set of a row without reading the row, and creates the row if there is none. It changes the revision, so that a run
/// that read the row before cannot overwrite it.
/// </summary>
sealed record ItemUpdate(string Set, Digest Digest, long Revision)
{
    /// <summary>The most digests that a set of a row has. The next full listing finds those that are left out.</summary>
    public const int MostInASet = DigestSet.MostInARow;

    /// <summary>A manifest with an owner is no image, so it loses its places.</summary>
    bool IsOwner => Set == Attributes.Owners;

    /// <summary>The set of a row that it adds to.</summary>
    public DigestSet SetOf(IndexRow row) => IsOwner ? row.History.Owners : row.History.Referrers;

    public string Expression => IsOwner
        ? "ADD #set :digest SET #revision = :revision, #v = :v, #wasMember = :true REMOVE #newest, #due, #stream"
        : "ADD #set :digest SET #revision = :revision, #v = :v";

    public const string Condition = "(attribute_not_exists(#v) OR #v = :v) AND (attribute_not_exists(#set) OR size(#set) < :most)";

    public Dictionary<string, string> Names
    {
        get
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["#set"] = Set,
                ["#revision"] = Attributes.Revision,
                ["#v"] = Attributes.Version,
            };
            if (IsOwner)
            {
                names["#wasMember"] = Attributes.WasMember;
                names["#newest"] = Attributes.Newest;
                names["#due"] = Attributes.Due;
                names["#stream"] = Attributes.Stream;
            }

            return names;
        }
    }

    public Item Values
    {
        get
        {
            var values = new Item(StringComparer.Ordinal)
            {
                [":digest"] = new() { SS = [Digest.Value] },
                [":revision"] = Number(Revision),
                [":v"] = Number(Attributes.CurrentVersion),
                [":most"] = Number(MostInASet),
            };
            if (IsOwner)
                values[":true"] = new() { BOOL = true };
            return values;
        }
    }

    static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };
}

using Amazon.DynamoDBv2.Model;
using CsCheck;
using PushPruner.Aws.Dynamo;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Rules;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>Items with anything in any attribute: read for what they say, or as if there were none. Reading never throws.</summary>
public class ItemsOfJunk
{
    static readonly IndexRow Row = Sample.Image(1) with
    {
        Tags = ["1.0", "latest"],
        History = new ManifestHistory
        {
            PromotedAt = Sample.Start,
            ProvenFor = Sample.Start,
            Owners = DigestSet.Of(Sample.Digest(2)),
            WasMember = true,
            WasReferrer = true,
            Members = DigestSet.Of(Sample.Digest(3), Sample.Digest(4)),
            Referrers = DigestSet.Of(Sample.Digest(5)),
            ReadAt = Sample.Start,
            PulledBefore = Sample.Start,
            Kind = "application/vnd.cncf.helm.config.v1+json",
            HasLostSubject = true,
        },
        AreTagsCut = true,
        Revision = 7,
    };

    static readonly RepositoryState State = new()
    {
        ListedAt = Sample.Start,
        DeferredAt = Sample.Start,
        Unreadable = new UnreadableList(Sample.Digest(1), Sample.Start),
        HaltedUnder = "3f9a1c 500",
        Overrides = new()
        {
            KeepNewest = 5, KeepFor = TimeSpan.FromDays(30), ProtectTags = WildcardSet.Of("latest", "v*"), Malformed = "nonsense",
        },
        Revision = 7,
    };

    static readonly string[] Texts =
    [
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e",
        "1#",
        "2#",
        "2#image#",
        "2#image#0000000000000000000#sha256:",
        "2#image#9223372036854775807#" + Sample.Digest(1),
        "2#image#-000000000000000001#" + Sample.Digest(1),
        "2#image#0000000000000000000#" + Sample.Digest(1),
        "1#0000000000000000000#" + Sample.Digest(1),
        "image",
        "0001-01-01T00:00:00.0000000Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T24:00:00.0000000Z",
        "10675199.02:48:05.4775807",
        "-10675199.02:48:05.4775808",
        "1.00:00:00",
        "sha256:short",
        "sha512:" + new string('a', 128),
        new('x', 100_000),
        "#repository",
        "#tag/",
        "#tag/\n",
        "true",
        "7",
    ];

    static readonly Gen<AttributeValue> SomeValue = Gen.Recursive<AttributeValue>(
        (depth, inner) =>
            depth > 3
                ? Scalars
                : Gen.OneOf(
                    Scalars,
                    Scalars,
                    SomeText.Array[0, 3].Select(texts => new AttributeValue { SS = [.. texts] }),
                    inner.Array[0, 3].Select(values => new AttributeValue { L = [.. values] }),
                    Gen.Select(SomeName, inner)
                        .Array[0, 3]
                        .Select(values => new AttributeValue
                        {
                            M = values
                                .DistinctBy(v => v.Item1, StringComparer.Ordinal)
                                .ToDictionary(v => v.Item1, v => v.Item2, StringComparer.Ordinal),
                        })));

    static Gen<string> SomeText => Gen.OneOf(Gen.Int[0, Texts.Length - 1].Select(i => Texts[i]), Gen.String);

    static Gen<string> SomeName =>
        Gen.OneOf(SomeText, Gen.Int[0, 1_000].Select(i => Items[i % Items.Length].Keys.ElementAt(i % Items[i % Items.Length].Count)));

    static Gen<AttributeValue> Scalars => Gen.OneOf(
        SomeText.Select(text => new AttributeValue { S = text }),
        Gen.OneOf(
                Gen.Long.Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Gen.OneOf(
                    Gen.Const("1e30"),
                    Gen.Const("1.5"),
                    Gen.Const("1"),
                    Gen.Const("2"),
                    Gen.Const("99999999999999999999999999999999999999")))
            .Select(n => new AttributeValue { N = n }),
        Gen.Bool.Select(b => new AttributeValue { BOOL = b }),
        Gen.Const(() => new AttributeValue { NULL = true }),
        Gen.Const(() => new AttributeValue()));

    static Item[] Items =>
        [
            RowItem.Write("app", Row),
            StateItem.Write("app", State),
            ProtectingTagItem.Write(
                "app",
                new ProtectingTag
                {
                    Tag = "latest", Row = Row, Revision = 7,
                }),
            TombstoneItem.Write("app", Sample.Tombstone(1, Sample.Start)),
        ];

    [Fact]
    public void What_is_read_says_the_same_when_it_is_written_and_read_again_and_nothing_throws()
    {
        var read = 0;
        Gen.Select(Gen.Int[0, 3], Gen.Select(Gen.Int[0, 100], Gen.Int[0, 5], SomeName, SomeValue).Array[1, 3]).Sample((kind, changes) =>
        {
            var item = Items[kind];
            foreach (var (at, how, name, value) in changes)
            {
                var key = how == 0 ? name : item.Keys.ElementAtOrDefault(at % Math.Max(1, item.Count)) ?? name;
                if (how == 1)
                    item.Remove(key);
                else
                    item[key] = value;
            }

            // Every reader may meet an item of any kind. Nobody writes a row of a newer version.
            if (RowItem.Read(item) is { History.IsOfNewerVersion: false } row)
            {
                ReadAgain(row).HasSameContentAs(row).ShouldBeTrue($"{row} is read as {ReadAgain(row)}");
                Interlocked.Increment(ref read);
            }

            if (StateItem.Read(item) is { } state)
                StateItem.Read(StateItem.Write("app", state)).ShouldBe(state);
            if (ProtectingTagItem.Read(item) is { } tag)
                ProtectingTagItem.Read(ProtectingTagItem.Write("app", tag)).ShouldNotBeNull().Row.HasSameContentAs(tag.Row).ShouldBeTrue();
            // A tombstone at the end of the calendar can't be written, because it has no expiry.
            // Only the run that deletes writes one, as of now.
            if (TombstoneItem.Read(item) is { } tombstone && tombstone.DeletedAt.Year < 9_999)
            {
                var again = TombstoneItem.Read(TombstoneItem.Write("app", tombstone)).ShouldNotBeNull();
                (again with { Tags = tombstone.Tags }).ShouldBe(tombstone);
            }
        }, iter: 20_000);

        read.ShouldBeGreaterThan(100, "some changes leave a row");
    }

    static IndexRow ReadAgain(IndexRow row) => RowItem.Read(RowItem.Write("app", row)).ShouldNotBeNull();
}

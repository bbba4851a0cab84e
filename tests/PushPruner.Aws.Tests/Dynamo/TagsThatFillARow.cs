using System.Globalization;
using PushPruner.Aws.Dynamo;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>ECR allows 1,000 tags of 300 characters. Were it ever more than an item holds, a push must not fail by it.</summary>
public sealed class TagsThatFillARow(DynamoDbFixture dynamo)
{
    [Fact]
    public async Task The_first_are_kept_and_the_row_says_so()
    {
        var token = TestContext.Current.CancellationToken;
        var repository = Sample.Repository();
        var index = new DynamoIndex(dynamo.Client, DynamoDbFixture.Table, TimeProvider.System);
        var tags = Enumerable.Range(0, 2_000).Select(i => i.ToString("d4", CultureInfo.InvariantCulture).PadRight(300, '_')).ToList();

        (await index.TryWriteAsync(repository, Sample.Image(1) with { Tags = tags }, token)).ShouldNotBeNull();

        var row = (await index.ReadAsync(repository, [Sample.Digest(1)], tag: null, token)).Rows[Sample.Digest(1)];
        row.Tags.Count.ShouldBeInRange(1_000, 1_999);
        row.Tags.ShouldBe(tags.Take(row.Tags.Count));
        var item = await dynamo.Client.GetItemAsync(
            DynamoDbFixture.Table,
            new(StringComparer.Ordinal) { ["repository"] = new() { S = repository }, ["digest"] = new() { S = Sample.Digest(1).Value } },
            token);
        item.Item["tagsCut"].BOOL.ShouldBe(true);
    }
}

using PushPruner.Aws.Dynamo;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>DynamoDB may answer a batch in part, and says which keys it left out.</summary>
public sealed class AnAnswerThatLeavesRowsOut(DynamoDbFixture dynamo)
{
    readonly string repository = Sample.Repository();
    readonly ImpatientClock clock = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task Is_asked_for_the_rest_until_all_are_there(int keysAnAnswer)
    {
        using var client = new SparseClient(dynamo.Server) { KeysAnAnswer = keysAnAnswer };
        var index = await FillAsync(client);

        var view = await index.ReadAsync(repository, [.. Enumerable.Range(1, 60).Select(Sample.Digest)], tag: null, Token);

        view.Rows.Count.ShouldBe(40);
        clock.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_waited_for_longer_and_longer_when_nothing_comes()
    {
        using var client = new SparseClient(dynamo.Server) { EmptyAnswers = 7 };
        var index = await FillAsync(client);

        var view = await index.ReadAsync(repository, [Sample.Digest(1)], tag: null, Token);

        view.Rows.ShouldHaveSingleItem();
        clock.Waits.Length.ShouldBe(7);
        clock.Waits.ShouldBe(clock.Waits.Order());
        clock.Waits[0].ShouldBeInRange(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task Is_given_up_when_nothing_comes_for_long()
    {
        using var client = new SparseClient(dynamo.Server) { EmptyAnswers = int.MaxValue };
        var index = await FillAsync(client);

        var exception = await Should.ThrowAsync<IndexTableException>(() =>
            index.ReadAsync(repository, [Sample.Digest(1)], tag: null, Token));

        exception.Message.ShouldBe(
            $"dynamodb:BatchGetItem on table \"{DynamoDbFixture.Table}\" left rows out 8 times in a row: the table is throttled; a "
                + $"retry helps");
    }

    async Task<DynamoIndex> FillAsync(SparseClient client)
    {
        var index = new DynamoIndex(client, DynamoDbFixture.Table, clock);
        await Task.WhenAll(Enumerable.Range(1, 40).Select(i => index.TryWriteAsync(repository, Sample.Row(i), Token)));
        return index;
    }
}

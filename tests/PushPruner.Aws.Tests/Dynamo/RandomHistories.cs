using CsCheck;
using PushPruner.Adapters;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>
/// The same history of calls has the same answers and leaves the same index behind, in memory and on DynamoDB. A failure prints the seed
/// and the shortest history found; <c>CsCheck_Seed</c> runs it again.
/// </summary>
public sealed class RandomHistories(DynamoDbFixture dynamo)
{
    const int Histories = 200;
    const int HistoriesAtOnce = 4;

    [Fact]
    public async Task End_alike_in_memory_and_on_DynamoDb()
    {
        var client = dynamo.Client;
        await Step.History.SampleAsync(
            async history =>
            {
                var repository = Sample.Repository();
                var clock = new SettableClock(Sample.Start);
                var inMemory = new Replay(new InMemoryIndex(clock), repository, clock);
                var onDynamoDb = new Replay(new DynamoIndex(client, DynamoDbFixture.Table, clock), repository, clock);
                foreach (var step in history)
                {
                    clock.Advance(step.Wait);
                    (await onDynamoDb.RunAsync(step)).ShouldBe(await inMemory.RunAsync(step));
                }

                (await onDynamoDb.DescribeAsync()).ShouldBe(await inMemory.DescribeAsync());
            },
            writeLine: line => TestContext.Current.TestOutputHelper?.WriteLine(line),
            iter: Histories,
            threads: HistoriesAtOnce,
            print: history => string.Join(Environment.NewLine, history.Select(s => s.ToString())));
    }
}

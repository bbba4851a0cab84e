using System.Globalization;
using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>Prints what a cold start takes, and expects nothing of it: a time depends on who else uses the machine.</summary>
[Collection(Publication.Name)]
public sealed class SpeedTests(PublishedBootstrap bootstrap, Servers servers, ITestOutputHelper output)
{
    const int Starts = 10;

    [Fact]
    public async Task The_times_of_a_cold_start_are_printed()
    {
        var time = TimeProvider.System;
        var (starts, firsts, seconds, peaks) = (new List<double>(), new List<double>(), new List<double>(), new List<int>());
        for (var n = 0; n < Starts; n++)
        {
            await using var live = await LiveDeployment.StartAsync(
                bootstrap.Program, servers.Dynamo, $"cold-{n.ToString(CultureInfo.InvariantCulture)}");
            await live.Function.FirstPoll.WaitAsync(TestContext.Current.CancellationToken);
            starts.Add(time.GetElapsedTime(live.StartedAt).TotalMilliseconds);
            foreach (var times in (List<double>[])[firsts, seconds])
            {
                var pushed = live.Push(times == firsts ? "first" : "second");
                var sent = time.GetTimestamp();
                await live.HandleAsync(pushed);
                times.Add(time.GetElapsedTime(sent).TotalMilliseconds);
            }

            peaks.Add(MemoryOf.Process(live.ProcessId).Peak);
        }

        output.WriteLine(
            $"{Median(starts):F0} ms to the first poll, {Median(firsts):F0} ms for the first event, {Median(seconds):F0} ms for the "
                + $"next; {peaks.Max()} kB at most; {new FileInfo(bootstrap.File).Length} bytes");
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}

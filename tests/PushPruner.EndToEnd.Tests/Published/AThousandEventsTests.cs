using System.Globalization;
using PushPruner.EndToEnd.Tests.Layers;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.EndToEnd.Tests.Published;

[Collection(Publication.Name)]
public sealed class AThousandEventsTests(PublishedBootstrap bootstrap, Servers servers, ITestOutputHelper output)
{
    // In kB. What 800 events may leave is little more than 10 kB each: less than one of them takes while it is handled.
    const int Slack = 8 * 1024;
    const int Budget = 64 * 1024;

    // The collector lets garbage lie until there is as much as the processor has cache, up to a share of the machine's memory. 4 MB is
    // what a small Lambda would come to; hexadecimal.
    static readonly (string Name, string Value) SmallMachine = ("DOTNET_GCgen0size", "400000");

    [Fact]
    public async Task In_one_process_leave_its_memory_flat()
    {
        await using var live = await LiveDeployment.StartAsync(
            bootstrap.Program, servers.Dynamo, "thousand", ("KEEP_DAYS", "0"), SmallMachine);

        await HandleAsync(live, 1, 200);
        var early = MemoryOf.Process(live.ProcessId);
        await HandleAsync(live, 201, 1_000);
        var late = MemoryOf.Process(live.ProcessId);

        output.WriteLine($"resident after 200 events {early.Resident} kB, after 1,000 {late.Resident} kB, at most {late.Peak} kB");
        live.Tags.ShouldBe(["n1000", "n998", "n999"]);
        (late.Resident - early.Resident).ShouldBeLessThanOrEqualTo(Slack);
        late.Peak.ShouldBeLessThanOrEqualTo(Budget);
    }

    static async Task HandleAsync(LiveDeployment live, int from, int to)
    {
        for (var n = from; n <= to; n++)
            await live.PushAndHandleAsync($"n{n.ToString(CultureInfo.InvariantCulture)}");
    }
}

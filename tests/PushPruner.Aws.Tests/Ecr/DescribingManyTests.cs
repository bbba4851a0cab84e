using Amazon.ECR;
using Amazon.Runtime;
using PushPruner.LocalAws;

namespace PushPruner.Aws.Tests.Ecr;

/// <summary>
/// Calls for many images go out side by side: a window of 1,000 is described within the two seconds that a delete may rely on an answer.
/// </summary>
public class DescribingManyTests : EcrTest
{
    [Fact]
    public async Task Ten_calls_go_out_side_by_side_and_no_more()
    {
        var digests = Enumerable.Range(0, 2_050).Select(n => Digest.Parse($"sha256:{n:x64}")).ToList();
        Local.Seed(App, digests.Select(d => new SeededImage { Digest = d.Value, PushedAt = Noon, MediaType = MediaTypes.OciManifest }));
        var gate = new Gate(10);
        using var client = Connect(new AmazonECRConfig { HttpClientFactory = gate });

        var description = await Through(client).DescribeAsync(App, digests, TestContext.Current.CancellationToken);

        description.IsComplete.ShouldBeTrue();
        description.Found.Select(m => m.Digest).ShouldBe(digests, ignoreOrder: true);
        (gate.MostAtOnce, Local.Calls.Count("DescribeImages")).ShouldBe((10, 21));
    }

    [Fact]
    public async Task What_is_gone_in_any_of_them_is_found_out()
    {
        var there = Enumerable.Range(0, 250).Select(n => Has($"n{n}", $"n{n}")).ToList();
        var gone = Enumerable.Range(1, 3).Select(n => Digest.Parse($"sha256:{n:x64}")).ToList();
        List<Digest> all = [gone[0], .. there.Take(120), gone[1], .. there.Skip(120), gone[2]];

        var description = await Registry.DescribeAsync(App, all, TestContext.Current.CancellationToken);

        description.IsComplete.ShouldBeTrue();
        description.Found.Select(m => m.Digest).ShouldBe(there, ignoreOrder: true);
        description.Gone.ShouldBe(gone, ignoreOrder: true);
    }

    /// <summary>Lets the first requests leave only when so many have come. Fewer at once never do, and the test fails.</summary>
    sealed class Gate(int wanted) : HttpClientFactory
    {
        static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int now;
        int most;

        public int MostAtOnce => Volatile.Read(ref most);

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(new Handler(this) { InnerHandler = new SocketsHttpHandler() });

        async Task<T> PassAsync<T>(Func<Task<T>> sendAsync)
        {
            var inside = Interlocked.Increment(ref now);
            InterlockedMax(inside);
            if (inside == wanted)
                opened.TrySetResult();
            try
            {
                await opened.Task.WaitAsync(Patience, TimeProvider.System);
                return await sendAsync();
            }
            finally
            {
                Interlocked.Decrement(ref now);
            }
        }

        void InterlockedMax(int inside)
        {
            for (var seen = MostAtOnce; inside > seen; seen = MostAtOnce)
            {
                if (Interlocked.CompareExchange(ref most, inside, seen) == seen)
                    return;
            }
        }

        sealed class Handler(Gate gate) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                gate.PassAsync(() => base.SendAsync(request, cancellationToken));
        }
    }
}

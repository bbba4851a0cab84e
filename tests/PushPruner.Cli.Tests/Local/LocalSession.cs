using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using PushPruner.LocalAws;

namespace PushPruner.Cli.Tests.Local;

/// <summary><c>pushpruner local</c> in this process, on a free port, with a clock that stands still.</summary>
sealed partial class LocalSession : IAsyncDisposable
{
    const string SignedFor = "AWS4-HMAC-SHA256 Credential=AKID/20261125/us-east-1/ecr/aws4_request, SignedHeaders=host, Signature=0";

    readonly AwaitedWriter output = new();
    readonly StringWriter error = new();
    readonly CancellationTokenSource ctrlC = new();
    readonly HttpClient client = new();
    Task<int> run = Task.FromResult(0);

    public SettableClock Clock { get; } = new(new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero));

    public int Port { get; private set; }

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    public static async Task<LocalSession> StartAsync(params string[] arguments)
    {
        var session = new LocalSession();
        var surroundings = new CliEnvironment(session.output, session.error) { Clock = session.Clock, Variable = _ => null };
        session.run = CommandLine.RunAsync(["local", "--port", "0", .. arguments], surroundings, session.ctrlC.Token);
        var begun = session.output.HearAsync(text => text.Contains("Ctrl-C ends it.\n", StringComparison.Ordinal));
        if (await Task.WhenAny(begun, session.run) != begun)
            throw new InvalidOperationException($"it ended with {await session.run}: {session.error}");

        session.Port = int.Parse(
            PortPattern().Match(await begun).Groups["port"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        return session;
    }

    public Task<string> HearAsync(string text) => output.HearAsync(result => result.Contains(text, StringComparison.Ordinal));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[] body, string? type = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path)) { Content = new ByteArrayContent(body) };
        if (type is not null)
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Pushes as docker does, layers first, and waits until the function has handled it.</summary>
    public async Task PushAsync(OciImage image, string repository, string tag)
    {
        foreach (var blob in image.Blobs)
        {
            using var uploaded = await SendAsync(
                HttpMethod.Post, $"/v2/{repository}/blobs/uploads/?digest={OciImage.DigestOf(blob)}", blob);
            ((int)uploaded.StatusCode).ShouldBe(201);
        }

        foreach (var (manifest, type) in image.Manifests)
        {
            var isLast = manifest == image.Manifests[^1].Text;
            using var put = await SendAsync(
                HttpMethod.Put,
                $"/v2/{repository}/manifests/{(isLast ? tag : OciImage.DigestOf(manifest))}",
                Encoding.UTF8.GetBytes(manifest),
                type);
            ((int)put.StatusCode).ShouldBe(201);
        }

        await ToldOfAsync(repository, tag);
    }

    /// <summary>A clock that moves on before the function is done would run it out of time.</summary>
    public Task ToldOfAsync(string repository, string tag) => HearAsync($"  {repository}:{tag} ");

    public async Task<string> CallEcrAsync(string operation, string request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(request, Encoding.UTF8) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        message.Headers.Add("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + operation);
        message.Headers.TryAddWithoutValidation("Authorization", SignedFor);
        using var answer = await client.SendAsync(message, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ctrl-C.</summary>
    /// <returns>The exit code and all that was said.</returns>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        await ctrlC.CancelAsync();
        var exitCode = await run;
        error.ToString().ShouldBeEmpty();
        return (exitCode, output.ToString().ReplaceLineEndings("\n"));
    }

    public async ValueTask DisposeAsync()
    {
        await ctrlC.CancelAsync();
        await run;
        client.Dispose();
        ctrlC.Dispose();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }

    [GeneratedRegex(@"localhost:(?<port>\d+)/app:1\.0", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PortPattern();
}

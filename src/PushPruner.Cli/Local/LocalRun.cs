using PushPruner.Cli.Embedded;
using PushPruner.Cli.Replay;
using PushPruner.LocalAws;
using System.Net.Sockets;

namespace PushPruner.Cli.Local;

/// <summary>From the first line to Ctrl-C.</summary>
sealed class LocalRun(LocalSetup setup, Seeds seeds, CliEnvironment environment)
{
    readonly LocalReport report = new(environment.Output);

    /// <param name="stop">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var options = new LocalRegistryOptions
        {
            AccountId = setup.Account, Region = setup.Region, CreateOnPush = true, BlobMounting = true,
        };
        var registry = new LocalRegistry(options, environment.Clock);
        Fill(registry, stop);
        await using var host = await TryStartAsync(registry);
        if (host is null)
            return ExitCode.SomethingFailed;

        await ServeAsync(registry, host, stop);
        return ExitCode.Done;
    }

    async Task<EmbeddedHost?> TryStartAsync(LocalRegistry registry)
    {
        try
        {
            return await EmbeddedHost.StartAsync(registry, setup.Port, setup.Settings, environment.Clock, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await environment.Error.WriteLineAsync(
                $"--port {setup.Port} can't be listened on: {e.Message.TrimEnd('.')}. Another --port can, and --port 0 takes a free one.");
            return null;
        }
    }

    void Fill(LocalRegistry registry, CancellationToken stop)
    {
        const int atOnce = 1_000;
        var progress = new Progress(environment);
        var (done, of) = (0, seeds.Count);
        foreach (var (repository, images) in seeds.All)
        {
            foreach (var some in images.Chunk(atOnce))
            {
                stop.ThrowIfCancellationRequested();
                registry.Seed(repository, some);
                done += some.Length;
                progress.Seeded(repository, done, of);
            }
        }

        progress.Clear();
    }

    async Task ServeAsync(LocalRegistry registry, EmbeddedHost host, CancellationToken stop)
    {
        await using var functions = new LocalFunctions(registry, host, setup.Settings, environment.Clock, report.Pushes.Handled);
        foreach (var function in functions.All)
            host.Add(function);

        report.Begin(setup, host.Url);
        foreach (var (repository, images) in seeds.All)
        {
            host.Add(repository);
            report.Seeded(repository, images);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, stop)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await functions.IdleAsync();
        report.Pushes.End(host.Summary());
    }
}

/// <summary>What to paste, then a line a push as a replay has it, then its table.</summary>
sealed class LocalReport(TextWriter output)
{
    public TextReplayReport Pushes { get; } = new(output);

    public void Seeded(string repository, IReadOnlyCollection<SeededImage> images)
    {
        var size = Bytes.Shown(images.Sum(i => i.SizeInBytes ?? 0));
        output.WriteLine($"Seeded {SafeText.Line(repository)} with {TextFormat.Manifests(images.Count)}, {size}.");
    }

    public void Begin(LocalSetup setup, Uri url)
    {
        Pushes.Begin(setup.Settings.Policy, setup.Account, setup.Region);
        var endpoint = $"--endpoint-url http://{url.Authority} --region {setup.Region}";
        output.WriteLine($"""
            Push to it      docker tag IMAGE localhost:{url.Port}/app:1.0 && docker push localhost:{url.Port}/app:1.0
                            skopeo copy --all --dest-tls-verify=false docker://docker.io/library/alpine docker://localhost:{url.Port}/app:1.0
            Look at it      aws ecr describe-images --repository-name app {endpoint}
            Reconcile it    aws lambda invoke --function-name ReconcileRepository --payload fileb:///dev/stdin /dev/stdout {endpoint} <<< '{@"{""repository"":""app""}"}'
            The AWS CLI wants credentials, and any will do:  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
            Ctrl-C ends it.

            """);
        if (setup.Settings.DryRun)
            output.WriteLine("A dry run: it tells what would go, and deletes nothing.\n");
    }
}

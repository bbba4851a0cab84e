using Amazon.Runtime;
using PushPruner.Cli;
using PushPruner.LocalAws;

namespace PushPruner.EndToEnd.Tests.Reconcile;

/// <summary>A registry behind HTTP, and the command line in front of it.</summary>
public sealed class CliScenario : IAsyncLifetime
{
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly string[] Reads =
    [
        "DescribeRepositories",
        "DescribeImages",
        "BatchGetImage",
        "ListTagsForResource",
        "GetAccountSetting",
    ];

    LocalAwsServer? server;

    public SettableClock Clock { get; } = new(Noon);

    public LocalRegistry Ecr { get; private set; } = null!;

    public Uri Url => server!.Url;

    public LocalRegistryOptions Options { get; init; } = new();

    /// <summary>Null stands for no terminal.</summary>
    public TextReader? Terminal { get; set; }

    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Ctrl-C.</summary>
    public CancellationTokenSource Interrupt { get; private set; } = new();

    /// <summary>Calls that change something.</summary>
    public IEnumerable<RegistryCall> Changes => Ecr.Calls.All.Where(c => !Reads.Contains(c.Operation));

    public async ValueTask InitializeAsync()
    {
        Ecr = new LocalRegistry(Options, Clock);
        server = await LocalAwsServer.StartAsync(Ecr);
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        Interrupt.Dispose();
    }

    /// <summary>Lets a function be found, as if it were deployed.</summary>
    public void Add(LocalFunction function) => server!.Add(function);

    /// <summary>Cancels when the call is made that <paramref name="isIt"/> says.</summary>
    public void InterruptAt(Func<RegistryCall, bool> isIt) => Ecr.Faults.OnCall(call =>
    {
        if (isIt(call))
            Interrupt.Cancel();
        return null;
    });

    /// <summary>As nothing had been interrupted.</summary>
    public void GoOn()
    {
        Ecr.Faults.Clear();
        Interrupt.Dispose();
        Interrupt = new CancellationTokenSource();
    }

    /// <summary>Images of so many days ago, an hour apart, tagged 1 (the oldest), 2, ...</summary>
    public void Has(string repository, int images, int days = 40) =>
        Ecr.Seed(
            repository,
            Enumerable
                .Range(1, images)
                .Select(n => ManifestFactory.Image($"{repository}:{n}", 1_000_000).At(Noon.AddDays(-days).AddHours(n), $"{n}")));

    /// <summary>Releases for two platforms: an index and its two members.</summary>
    public void HasMultiArch(string repository, int images, int days = 40)
    {
        for (var n = 1; n <= images; n++)
        {
            var at = Noon.AddDays(-days).AddHours(n);
            LocalManifest[] members =
            [
                ManifestFactory.Image($"{repository}:{n}", 1_000_000),
                ManifestFactory.Image($"{repository}:{n}", 1_000_000, "linux/arm64"),
            ];
            Ecr.Seed(repository, [.. members.Select(m => m.At(at)), ManifestFactory.ManifestList(members).At(at, $"v{n}")]);
        }
    }

    public IEnumerable<string> Tags(string repository) => Ecr.Images(repository).SelectMany(i => i.Tags);

    public Task<CliResult> ReconcileAsync(params string[] args) => ReconcileAtAsync(Url, args);

    public Task<CliResult> ReconcileAtAsync(Uri url, params string[] args) =>
        ReconcileOnlyAsync(["--endpoint-url", url.ToString(), .. args]);

    public Task<CliResult> ReconcileOnlyAsync(params string[] args) => RunAsync(["reconcile", .. args]);

    public Task<CliResult> PlanAsync(params string[] args) => RunAsync(["plan", "--endpoint-url", Url.ToString(), .. args]);

    /// <summary>Runs the command line, without saying where ECR is.</summary>
    public async Task<CliResult> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var surroundings = new CliEnvironment(output, error)
        {
            Input = Terminal ?? TextReader.Null,
            IsInteractive = Terminal is not null,
            Clock = Clock,
            Credentials = new BasicAWSCredentials("test", "test"),
            Variable = name => Environment.TryGetValue(name, out var value) ? value : null,
        };
        var exitCode = await CommandLine.RunAsync(args, surroundings, Interrupt.Token);
        return new(exitCode, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}

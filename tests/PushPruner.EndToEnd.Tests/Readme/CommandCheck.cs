using Amazon.Runtime;
using PushPruner.Cli;
using PushPruner.Testing;
using PushPruner.Testing.Programs;
using Make = PushPruner.EndToEnd.Tests.Published.Make;

namespace PushPruner.EndToEnd.Tests.Readme;

/// <summary>
/// Whether a command that a document names is one: its program's verbs, options and files are there. Nothing is changed and nobody asked.
/// </summary>
/// <param name="isWhole">False of a command in the middle of a sentence, which may leave out what it needs.</param>
sealed class CommandCheck(bool isWhole)
{
    const int Done = 0;
    const int Stopped = 130;

    // Looked for once all else is understood.
    const string NoRegion = "--region is not set";

    static readonly Uri Nobody = new("http://127.0.0.1:1");
    static readonly string[] MayBeLeftOut =
    [
        "arguments are required",
        "expected one argument",
        "too few arguments",
        "value: 0",
        "Required ",
        "no such file",
    ];
    static readonly string[] VerbsOfDotnet = ["build", "test", "pack", "run", "tool", "restore", "list"];
    static readonly string[] VerbsOfSam = ["build", "deploy", "delete"];


    /// <returns>What is wrong with it; null when nothing is.</returns>
    public async Task<string?> ProblemOfAsync(string[] command) => command switch
    {
        ["aws", .. var arguments] => await OfAwsAsync(arguments),
        ["pushpruner", .. var arguments] => await OfPushPrunerAsync(arguments),
        ["make", .. var targets] => await OfMakeAsync(targets),
        ["dotnet", var verb, .. var arguments] => VerbsOfDotnet.Contains(verb, StringComparer.Ordinal)
            ? MissingFile(arguments)
            : $"dotnet has no {verb}",
        ["sam", var verb, .. var arguments] => VerbsOfSam.Contains(verb, StringComparer.Ordinal)
            ? OfSam(arguments)
            : $"sam has no {verb}",
        ["jq", .. var arguments] => await OfJqAsync(arguments),
        [var script, .. var arguments] when WouldRun.Scripts.Contains(script, StringComparer.Ordinal) => OfScript(script, arguments),
        _ => null,
    };

    // The CLI looks at all that it is given before it tries to reach anybody, and there is nobody. Its version 1 has no tail.
    async Task<string?> OfAwsAsync(string[] arguments)
    {
        if (!AwsCli.IsInstalled || arguments is ["logs", "tail", ..])
            return null;

        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("event.json"), "{}", TestContext.Current.CancellationToken);
        var placed = arguments.Select(a => a.Replace("fileb://event.json", $"fileb://{folder.In("event.json")}", StringComparison.Ordinal));
        var answer = await new AwsCli(Nobody).RunAsync([.. placed]);
        var isFine = answer.Error.Contains("Could not connect to the endpoint URL", StringComparison.Ordinal)
            || (!isWhole && MayBeLeftOut.Any(m => answer.Error.Contains(m, StringComparison.Ordinal)));
        return isFine ? null : answer.Error.Trim().Split('\n')[^1];
    }

    // What is wrong is told before anything else is done, and then it is stopped.
    async Task<string?> OfPushPrunerAsync(string[] arguments)
    {
        await using var error = new StringWriter();
        var surroundings = new CliEnvironment(TextWriter.Null, error)
        {
            Credentials = new BasicAWSCredentials("test", "test"), Variable = _ => null,
        };
        var code = await CommandLine.RunAsync(arguments, surroundings, new CancellationToken(canceled: true));
        var isFine = code is Stopped or Done
            || error.ToString().Contains(NoRegion, StringComparison.Ordinal)
            || (!isWhole && MayBeLeftOut.Any(m => error.ToString().Contains(m, StringComparison.Ordinal)));
        return isFine ? null : error.ToString();
    }

    static async Task<string?> OfMakeAsync(string[] targets)
    {
        var plan = await Make.RunAsync(["--dry-run", .. targets]);
        return plan.Output.Contains("No rule to make target", StringComparison.Ordinal) ? plan.Output.Trim() : null;
    }

    static async Task<string?> OfJqAsync(string[] arguments)
    {
        const int doesNotCompile = 3;
        var ran = await Command.RunAsync("jq", ["--null-input", .. arguments.Where(a => !a.EndsWith(".json", StringComparison.Ordinal))]);
        return ran?.ExitCode == doesNotCompile ? ran.Error : null;
    }

    static string? OfSam(string[] arguments)
    {
        var environments = File.ReadAllText(Path.Combine(Checkout.Root, "samconfig.toml"));
        return arguments
            .Zip(arguments.Skip(1))
            .Select(pair =>
                pair switch
                {
                    ("--config-env", var name) when !environments.Contains($"[{name}.deploy.parameters]", StringComparison.Ordinal) =>
                        $"samconfig.toml has no environment {name}",
                    ("--stack-name", var name) when !environments.Contains($"stack_name = \"{name}\"", StringComparison.Ordinal) =>
                        $"samconfig.toml has no stack {name}",
                    _ => null,
                })
            .FirstOrDefault(p => p is not null);
    }

    static string? OfScript(string script, string[] arguments)
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, script));
        return arguments
            .Where(a => a.StartsWith("--", StringComparison.Ordinal) && !text.Contains(a, StringComparison.Ordinal))
            .Select(a => $"{script} has no {a}")
            .FirstOrDefault();
    }

    static string? MissingFile(string[] arguments) => arguments
        .Where(a => a.StartsWith("src/", StringComparison.Ordinal) || a.StartsWith("tests/", StringComparison.Ordinal))
        .Where(a => !Path.Exists(Path.Combine(Checkout.Root, a)))
        .Select(a => $"there is no {a}")
        .FirstOrDefault();
}

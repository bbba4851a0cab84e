using PushPruner.Cli.Parsing;
using PushPruner.Cli.Registries;

namespace PushPruner.Cli.Local;

/// <summary><c>pushpruner local</c></summary>
static class LocalCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var options = new LocalOptions(environment.Variable);
        var command = new Command("local", """
            Runs an ECR of its own on this machine, with the real functions behind it: push to it, and see what each push prunes.

            docker, skopeo and their like push to localhost:PORT/REPOSITORY:TAG; a repository that isn't there is made. The AWS CLI works
            with --endpoint-url http://127.0.0.1:PORT, for ECR (describe-images, put-image, batch-delete-image, get-login-password, ...) and
            for `aws lambda invoke` of OnImagePushed, ListRepositories and ReconcileRepository. Any credentials will do. Layers are kept in
            a temporary folder, manifests and the index in memory, and all of it is gone when it ends. It listens on 127.0.0.1 only.

            Time is real: what you push is new, and nothing expires before it is --keep-days old. With --keep-days 0 you see pruning at
            once, and what a seed holds is as old as it says. A seed prunes nothing; the next push to its repository does. The functions are
            those that are deployed, so what was never tagged is counted, and pruned, only by a reconcile an hour after its push at the
            earliest; the platforms of a multi-arch image follow their index at once. A saved listing has no manifests, so what its indexes
            name isn't known, and its untagged manifests are kept for doubt, unless saved output of batch-get-image with the indexes' texts
            is given beside it.

            Examples:
              pushpruner local --keep-newest 2 --keep-days 0
              pushpruner local --port 8080 --seed events/history.jsonl --protect-tags 'latest,release-*'
              pushpruner local --dry-run --keep-newest 5 --keep-days 14

            Ctrl-C ends it. Exit codes:
              0    ended by Ctrl-C
              1    the port is taken, or can't be listened on
              2    wrong usage, or a seed that can't be read
              130  stopped by Ctrl-C while it was filled
            """);
        options.AddTo(command);
        command.SetAction(
            environment,
            async (parsed, stop) =>
            {
                // On a thread of its own: what is read may be large, and Ctrl-C ends it.
                var seeds = await Task.Run(() => SeedReader.Read(options.SeedsIn(parsed), stop), stop);
                return await new LocalRun(options.Read(parsed), seeds, environment.For(parsed)).RunAsync(stop);
            },
            stopped: "Stopped before it was filled.");
        return command;
    }
}

sealed class LocalOptions(Func<string, string?> variable)
{
    const int DefaultPort = 5050;


    readonly Option<int> port = SettingOption.Of(
        "--port", "N", $"The port to listen on; {DefaultPort} if not given, and 0 takes a free one.", ReadPort);

    readonly Option<string[]> seed = SettingOption.Files(
        "--seed",
        "Fills it before the first push: histories (.jsonl, as replay reads them), saved output of aws ecr describe-images (.json), "
                + "or folders of both.");

    readonly PolicyOptions policy = new();

    readonly Option<bool> dryRun = SettingOption.Flag("--dry-run", "Tell what would be pruned, and delete nothing.");

    readonly Option<string> region = SettingOption.Of(
        "--region", "NAME", "The region it plays; AWS_REGION if not given, or us-east-1.", ReadRegion);

    readonly Option<string> account = SettingOption.Of(
        "--account", "ID", $"The account it plays; {AwsNames.SomeAccount} if not given.", ReadAccount);

    public void AddTo(Command command)
    {
        command.AddOptions([port, seed, .. policy.All, dryRun, region, account]);
        QuietOption.AddTo(command);
    }

    public LocalSetup Read(ParseResult parsed) => new(
        parsed.ValueOf(port, DefaultPort),
        parsed.ValueOf(account, AwsNames.SomeAccount),
        parsed.ValueOf(region, RegionOfTheEnvironment()),
        new Settings { Policy = policy.Read(parsed), DryRun = parsed.GetValue(dryRun) });

    public IReadOnlyList<string> SeedsIn(ParseResult parsed) => parsed.GetValue(seed) ?? [];

    // The CLI signs for the region that the environment names, and another one is refused.
    string RegionOfTheEnvironment() => AwsNames.RegionsIn(variable).FirstOrDefault(AwsNames.IsRegion) ?? AwsNames.SomeRegion;

    static int ReadPort(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535
            ? number
            : throw new SettingException(name, text, $"a number from 0 to 65535, such as {DefaultPort}");

    static string ReadRegion(string name, string text) =>
        AwsNames.IsRegion(text) ? text : throw new SettingException(name, text, "the name of a region, such as eu-west-1");

    static string ReadAccount(string name, string text) =>
        AwsNames.IsAccount(text)
            ? text
            : throw new SettingException(name, text, $"an account's 12 digits, such as {AwsNames.SomeAccount}");
}

/// <summary>What is to be run.</summary>
/// <param name="Port">0 takes a free one.</param>
sealed record LocalSetup(int Port, string Account, string Region, Settings Settings);

using System.CommandLine;
using System.Globalization;

namespace PushPruner.Cli.Local;

sealed class LocalOptions(Func<string, string?> variable)
{
    const int DefaultPort = 5050;
    const string DefaultAccount = "123456789012";

    static readonly string[] VariablesOfRegion = ["AWS_REGION", "AWS_DEFAULT_REGION"];

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
        "--account", "ID", $"The account it plays; {DefaultAccount} if not given.", ReadAccount);

    public void AddTo(Command command)
    {
        command.AddOptions([port, seed, .. policy.All, dryRun, region, account]);
        QuietOption.AddTo(command);
    }

    public LocalSetup Read(ParseResult parsed) => new(
        parsed.ValueOf(port, DefaultPort),
        parsed.ValueOf(account, DefaultAccount),
        parsed.ValueOf(region, RegionOfTheEnvironment()),
        new Settings { Policy = policy.Read(parsed), DryRun = parsed.GetValue(dryRun) });

    public IReadOnlyList<string> SeedsIn(ParseResult parsed) => parsed.GetValue(seed) ?? [];

    // The CLI signs for the region that the environment names, and another one is refused.
    string RegionOfTheEnvironment() => VariablesOfRegion.Select(variable).FirstOrDefault(IsRegion) ?? "us-east-1";

    static int ReadPort(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535
            ? number
            : throw new SettingException(name, text, $"a number from 0 to 65535, such as {DefaultPort}");

    static string ReadRegion(string name, string text) =>
        IsRegion(text) ? text : throw new SettingException(name, text, "the name of a region, such as eu-west-1");

    static string ReadAccount(string name, string text) =>
        text.Length == 12 && text.All(char.IsAsciiDigit)
            ? text
            : throw new SettingException(name, text, $"an account's 12 digits, such as {DefaultAccount}");

    static bool IsRegion(string? text) =>
        text is { Length: > 0 and <= 50 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

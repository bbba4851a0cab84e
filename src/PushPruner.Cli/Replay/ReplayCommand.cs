using PushPruner.Cli.Parsing;

namespace PushPruner.Cli.Replay;

/// <summary><c>pushpruner replay PATH...</c></summary>
static class ReplayCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Histories of pushes (.jsonl, one push a line), EventBridge events (.json), or folders of both.",
            Arity = ArgumentArity.OneOrMore,
        };
        var policy = new PolicyOptions();
        var asJson = SettingOption.Flag("--json", "Print one JSON document instead of text.");

        var command = new Command("replay", """
            Plays pushes into an embedded registry, on this machine alone, and lets the real function handle each event.

            Examples:
              pushpruner replay events/history.jsonl
              pushpruner replay events/history.jsonl --keep-newest 5 --keep-days 14 --protect-tags 'latest,release-*'
              pushpruner replay events/ --json

            Exit codes:
              0    all was played
              1    the function failed on an event
              2    wrong usage, or a history that can't be read
              130  stopped by Ctrl-C
            """)
        {
            paths,
        };
        policy.AddTo(command);
        command.Options.Add(asJson);
        command.SetAction(environment, (parsed, stop) =>
        {
            var history = HistoryReader.Read(parsed.GetRequiredValue(paths));
            var settings = new Settings { Policy = policy.Read(parsed) };
            IReplayReport report =
                parsed.GetValue(asJson) ? new JsonReplayReport(environment.Output) : new TextReplayReport(environment.Output);
            return ReplayRun.RunAsync(history, settings, report, stop);
        });
        return command;
    }
}

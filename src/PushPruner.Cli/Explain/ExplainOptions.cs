using System.CommandLine;
using PushPruner.Cli.Snapshots;

namespace PushPruner.Cli.Explain;

/// <summary>The arguments and options of <c>explain</c>.</summary>
sealed class ExplainOptions
{
    readonly Argument<string[]> image = new("IMAGE")
    {
        HelpName = "REPOSITORY TAG|DIGEST",
        Description =
            "One image, also as REPOSITORY:TAG or REPOSITORY@DIGEST, with or without its registry; of a digest the first 7 digits suffice.",
        Arity = new ArgumentArity(1, 2),
    };

    readonly Option<bool> json = SettingOption.Flag("--json", "Print one JSON document instead of text.");

    public SnapshotOptions Snapshot { get; } = new() { HasMaxDeletes = true };

    public void AddTo(Command command)
    {
        command.Arguments.Add(image);
        Snapshot.AddTo(command);
        command.Options.Add(json);
        image.Validators.Add(result =>
        {
            List<string> texts = [.. result.Tokens.Select(t => t.Value)];
            if (texts.Count is 1 or 2 && !texts.Exists(t => t.StartsWith('-')) && !ImageQuery.TryRead(texts, out _))
            {
                result.AddError(
                    $"\"{SafeText.Line(string.Join(' ', texts))}\" names no image: a repository and a tag or digest, such as team/app "
                        + $"1.0.3, team/app:1.0.3 or team/app@sha256:9f86d08");
            }
        });
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(json);

    public ImageQuery Read(ParseResult parsed) =>
        ImageQuery.TryRead(parsed.GetValue(image)!, out var query)
            ? query
            : throw new InvalidOperationException("it was read before, when it was validated");
}

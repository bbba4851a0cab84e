using Spectre.Console;

namespace PushPruner.Cli.Output;

/// <summary>
/// How text is set apart on a terminal, whatever its theme: of the colours only those that a dark and a light one both show.
/// </summary>
static class Styles
{
    /// <summary>What need not be read. Dim, because the grey of the sixteen colours (8) is the background of some dark themes.</summary>
    public static Style Quiet { get; } = new(decoration: Decoration.Dim);

    public static Style Good { get; } = new(Color.Green);

    public static Style Odd { get; } = new(Color.Yellow);

    public static Style Bad { get; } = new(Color.Red);
}

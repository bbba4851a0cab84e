using Spectre.Console;

namespace PushPruner.Cli.Output;

/// <summary>A table of which several are drawn, so that one fits.</summary>
/// <param name="LeftOut">The columns that it lacks.</param>
sealed record FittingTable(Table Table, IReadOnlyList<string> LeftOut);

namespace PushPruner.Cli.Saved;

/// <summary>A listing or a history that can't be read: the message names the file, the line, what is wrong and the way out.</summary>
sealed class InputException(string message) : Exception(message);

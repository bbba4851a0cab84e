namespace PushPruner.Cli.Replay;

/// <summary>A history that can't be read: the message names the file, the line, what is wrong and the way out.</summary>
sealed class HistoryException(string message) : Exception(message);

namespace PushPruner.Cli.Saved;

/// <summary>A saved listing that can't be used: the message names the file, what is wrong and the way out.</summary>
sealed class SavedListingException(string message) : Exception(message);

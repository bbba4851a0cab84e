using PushPruner.Lambda.Events;

namespace PushPruner.Cli.Saved;

/// <summary>A file that was given by its path, or what comes in.</summary>
static class TextFile
{
    public const string StandardInput = "-";

    const char ByteOrderMark = '\uFEFF';

    /// <returns>Its text, and how it is called in a message.</returns>
    /// <exception cref="IOException">It can't be read; the message says why, without the path.</exception>
    public static (string Name, string Text) Read(string path, TextReader input)
    {
        if (path == StandardInput)
            return ("standard input", input.ReadToEnd().TrimStart(ByteOrderMark));

        try
        {
            // By its byte order mark also UTF-16, which PowerShell writes.
            return (path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // An option that takes several files takes what follows them for one, too.
            var other = RepositoryName.IsValid(path) ? "; if it is a repository, name it before the files" : "";
            throw new IOException($"there is no such file or folder{other}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}

using System.Text;

namespace PushPruner.Cli.Saved;

/// <summary>
/// Reads what <c>aws ecr describe-images</c> printed, and <c>aws ecr batch-get-image</c> beside it: any number of JSON documents, in one
/// file after another or several in one.
/// </summary>
static class SavedListingReader
{
    public const string HowToSave = "aws ecr describe-images --repository-name NAME --filter imageStatus=ANY --output json > images.json";

    static readonly JsonReaderOptions Lenient = new()
    {
        AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
    };

    /// <param name="paths">Files, folders of <c>.json</c> files, or <c>-</c> for <paramref name="input"/>.</param>
    /// <exception cref="InputException">Names the file and what is wrong.</exception>
    public static SavedListing Read(IEnumerable<string> paths, TextReader input)
    {
        var collected = new ListingBuilder();
        foreach (var (name, text) in paths.SelectMany(path => TextsIn(path, input)))
            ReadDocuments(name, text, collected);
        return collected.Listing();
    }

    static IEnumerable<(string Name, string Text)> TextsIn(string path, TextReader input)
    {
        if (Directory.Exists(path))
        {
            var files = Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal).ToList();
            if (files.Count == 0 && Directory.EnumerateFiles(path, "*.jsonl").Any())
            {
                throw new InputException(
                    $"{path}: there is no .json file in it; histories of pushes (.jsonl) are read by simulate --history and by replay");
            }

            return files.Count > 0
                ? files.Select(f => ReadFile(f, input))
                : throw new InputException($"{path}: there is no .json file in it");
        }

        return [ReadFile(path, input)];
    }

    static (string Name, string Text) ReadFile(string path, TextReader input)
    {
        try
        {
            return TextFile.Read(path, input);
        }
        catch (IOException e)
        {
            throw new InputException($"{path}: {e.Message}");
        }
    }

    static void ReadDocuments(string name, string text, ListingBuilder collected)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new InputException($"{name}: it is empty; save a listing with: {HowToSave}");

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Lenient);
            while (reader.Read())
            {
                using var document = JsonDocument.ParseValue(ref reader);
                SavedAnswer.Read(document.RootElement, name, collected);
            }
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"{name}: it is no JSON ({e.Message.Split('.')[0]}, line {e.LineNumber + 1}); save it with --output json: {HowToSave}");
        }
        catch (InvalidOperationException)
        {
            // The escape of half of a surrogate pair is valid JSON, and stands for nothing.
            throw new InputException($"{name}: one of its names is no text: \\ud800 to \\udfff stand for a character in pairs only");
        }
    }
}

/// <summary>A listing or a history that can't be read: the message names the file, the line, what is wrong and the way out.</summary>
sealed class InputException(string message) : Exception(message);

using System.Text.Json;
using PushPruner.Policies;

namespace PushPruner.Lambda.Requests;

/// <summary>
/// Reads a request field by field. Unlike an event, a request with an unknown field is refused: a misspelled <c>dryrun</c> must not
/// delete.
/// </summary>
sealed class RequestFields
{
    const int LongestShown = 100;

    readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);

    /// <exception cref="MalformedRequestException">It is no object, or has an unknown field, or has one twice.</exception>
    public RequestFields(JsonElement request, params string[] known)
    {
        if (request.ValueKind != JsonValueKind.Object)
            throw MalformedRequestException.Of("the request", Shown(request.GetRawText), $"an object with {string.Join(", ", known)}");

        foreach (var field in request.EnumerateObject())
        {
            var name =
                Array.Find(known, NameOf(field).Equals)
                ?? throw new MalformedRequestException(
                    $"{Shown(field.ToString)} is no field of this request; there are {string.Join(", ", known)}");
            if (!fields.TryAdd(name, field.Value))
            {
                throw MalformedRequestException.Of(
                    name, $"{Shown(fields[name].GetRawText)} and {Shown(field.Value.GetRawText)}", "one value");
            }
        }
    }

    /// <param name="allowed">What a value may be, for the error.</param>
    /// <returns>Null if it is missing or null.</returns>
    /// <exception cref="MalformedRequestException">It is no text, or not a valid one.</exception>
    public string? Text(string name, Func<string, bool> isValid, string allowed)
    {
        if (!fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        return TextOf(value) is { } text && isValid(text)
            ? text
            : throw MalformedRequestException.Of(name, Shown(value.GetRawText), allowed);
    }

    /// <returns>Null if it is missing or null.</returns>
    /// <exception cref="MalformedRequestException">The same message as for an environment variable, with the field's name.</exception>
    public T? Number<T>(string name, Func<string, string, T> read)
        where T : struct =>
        fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? Read(name, value, read) : null;

    /// <summary>True or false. The text "false" is refused, because it could be meant either way.</summary>
    /// <returns>False if it is missing.</returns>
    public bool Flag(string name) => fields.TryGetValue(name, out var value) && Read(name, value, Setting.Flag);

    // Passes the raw JSON: the JSON of a text, or of anything else but a number or flag, is no valid value of a setting.
    static T Read<T>(string name, JsonElement value, Func<string, string, T> read)
    {
        try
        {
            return read(name, Shown(value.GetRawText));
        }
        catch (SettingException e)
        {
            throw new MalformedRequestException(e.Message, e);
        }
    }

    static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? TextOrNull(() => value.GetString()) : null;

    static string NameOf(JsonProperty field) => TextOrNull(() => field.Name) ?? "";

    static string? TextOrNull(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8: valid JSON for the parser, but no text.
            return null;
        }
    }

    // Errors show values of the request, cut.
    static string Shown(Func<string> read) => TextOrNull(read) switch
    {
        null => "no UTF-8",
        { Length: > LongestShown } json => $"{json[..LongestShown]}...",
        var json => json,
    };
}

using System.Text.Json;
using PushPruner.Policies;

namespace PushPruner.Lambda.Requests;

/// <summary>
/// Reads a request field by field. Unlike an event, of which what isn't ours is ignored, it is understood whole or refused: a misspelt
/// <c>dryrun</c> must not delete.
/// </summary>
sealed class RequestFields
{
    const int LongestShown = 100;

    readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);

    /// <exception cref="MalformedRequestException">It is no object, or has a field that isn't known or stands there twice.</exception>
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
    /// <returns>Null where it is missing or null.</returns>
    /// <exception cref="MalformedRequestException">It is no text, or none that is valid.</exception>
    public string? Text(string name, Func<string, bool> isValid, string allowed)
    {
        if (!fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        return TextOf(value) is { } text && isValid(text)
            ? text
            : throw MalformedRequestException.Of(name, Shown(value.GetRawText), allowed);
    }

    /// <returns>Null where it is missing or null.</returns>
    /// <exception cref="MalformedRequestException">Says what the environment would, under the field's name.</exception>
    public T? Number<T>(string name, Func<string, string, T> read)
        where T : struct =>
        fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? Read(name, value, read) : null;

    /// <summary>True or false, and no text that says so: whoever writes "false" may expect anything.</summary>
    /// <returns>False where it is missing.</returns>
    public bool Flag(string name) => fields.TryGetValue(name, out var value) && Read(name, value, Setting.Flag);

    // The JSON as it stands there: of a text, and of anything else that is no number or flag, it is nothing that a setting could be.
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
            // Half of a surrogate pair, or bytes that are no UTF-8: taken for valid JSON, but no text.
            return null;
        }
    }

    // What a request says goes into errors: short.
    static string Shown(Func<string> read) => TextOrNull(read) switch
    {
        null => "no UTF-8",
        { Length: > LongestShown } json => $"{json[..LongestShown]}...",
        var json => json,
    };
}

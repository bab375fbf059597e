using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Touchstone.Files.Parquet;

/// <summary>Values of rows as JSON.</summary>
internal static class ParquetJson
{
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case ulong number: json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case ParquetDecimal number: json.WriteRawValue(number.ToString(), skipInputValidation: true); break;
            case string text: json.WriteStringValue(text); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case DateOnly date: json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case ParquetRow row: WriteRow(json, row); break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list) Write(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static void WriteRow(Utf8JsonWriter json, ParquetRow row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Values.Count; i++)
        {
            json.WritePropertyName(row.EncodedName(i));
            Write(json, row[i]);
        }

        json.WriteEndObject();
    }
}

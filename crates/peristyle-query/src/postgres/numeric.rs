//! PostgreSQL's `numeric`: groups of four decimal digits.

use rust_decimal::Decimal;

/// The signs of a number.
const NEGATIVE: u16 = 0x4000;
const POSITIVE: u16 = 0x0000;

/// Writes a number in binary form.
pub(super) fn write(value: Decimal, out: &mut Vec<u8>) {
    let scale = value.scale();
    // The digits are cut into groups from the decimal point on, so the last group may want zeros.
    let padding = (4 - scale % 4) % 4;
    let mut rest = value.mantissa().unsigned_abs() * 10u128.pow(padding);
    let mut groups = Vec::with_capacity(10);
    while rest > 0 {
        groups.push((rest % 10_000) as u16);
        rest /= 10_000;
    }
    let behind = ((scale + padding) / 4) as i16;
    let weight = groups.len() as i16 - behind - 1;
    let zeros = groups.iter().take_while(|group| **group == 0).count();
    groups.drain(..zeros);
    let sign = if value.is_sign_negative() && !groups.is_empty() { NEGATIVE } else { POSITIVE };
    let weight = if groups.is_empty() { 0 } else { weight };
    out.extend((groups.len() as u16).to_be_bytes());
    out.extend(weight.to_be_bytes());
    out.extend(sign.to_be_bytes());
    out.extend((scale as u16).to_be_bytes());
    for group in groups.iter().rev() {
        out.extend(group.to_be_bytes());
    }
}

/// Reads a number in binary form; `None` for one that a `Decimal` does not hold exactly, or that is no number.
pub(super) fn read(bytes: &[u8]) -> Option<Decimal> {
    let (header, groups) = bytes.split_first_chunk::<8>()?;
    let [_, _, weight @ .., s0, s1, d0, d1] = header;
    let weight = i32::from(i16::from_be_bytes(*weight));
    let sign = u16::from_be_bytes([*s0, *s1]);
    let wanted = u32::from(u16::from_be_bytes([*d0, *d1]));
    if sign != POSITIVE && sign != NEGATIVE {
        return None;
    }
    let (groups, []) = groups.as_chunks::<2>() else { return None };
    let mut mantissa: i128 = 0;
    for group in groups {
        let group = i128::from(u16::from_be_bytes(*group));
        mantissa = mantissa.checked_mul(10_000)?.checked_add(group)?;
    }
    if mantissa == 0 {
        return Decimal::try_from_i128_with_scale(0, wanted.min(28)).ok();
    }
    // The number is the mantissa with this many digits behind the decimal point.
    let mut scale = 4 * (groups.len() as i32 - weight - 1);
    while scale > 0 && scale as u32 > wanted && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    while scale > 28 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    if scale < 0 {
        mantissa = mantissa.checked_mul(10i128.checked_pow(scale.unsigned_abs())?)?;
        scale = 0;
    }
    if sign == NEGATIVE {
        mantissa = -mantissa;
    }
    // Zeros at the end are shown as the column has them, where they fit.
    let missing = wanted.min(28).saturating_sub(scale as u32);
    let shown = 10i128.checked_pow(missing).and_then(|factor| mantissa.checked_mul(factor));
    shown
        .and_then(|shown| Decimal::try_from_i128_with_scale(shown, scale as u32 + missing).ok())
        .or_else(|| Decimal::try_from_i128_with_scale(mantissa, scale as u32).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(weight: i16, sign: u16, scale: u16, groups: &[u16]) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend((groups.len() as u16).to_be_bytes());
        bytes.extend(weight.to_be_bytes());
        bytes.extend(sign.to_be_bytes());
        bytes.extend(scale.to_be_bytes());
        bytes.extend(groups.iter().flat_map(|group| group.to_be_bytes()));
        bytes
    }

    #[test]
    fn numbers_have_the_bytes_that_the_server_sends() {
        // As `SELECT encode(numeric_send(x), 'hex')` gives them.
        for (text, bytes) in [
            ("0", groups(0, 0, 0, &[])),
            ("0.00", groups(0, 0, 2, &[])),
            ("1", groups(0, 0, 0, &[1])),
            ("-1.5", groups(0, NEGATIVE, 1, &[1, 5000])),
            ("12.50", groups(0, 0, 2, &[12, 5000])),
            ("10000", groups(1, 0, 0, &[1])),
            ("12345678.9", groups(1, 0, 1, &[1234, 5678, 9000])),
            ("0.0001", groups(-1, 0, 4, &[1])),
            ("0.00001", groups(-2, 0, 5, &[1000])),
            ("100000000.00000001", groups(2, 0, 8, &[1, 0, 0, 0, 1])),
            (
                "79228162514264337593543950335",
                groups(7, 0, 0, &[7, 9228, 1625, 1426, 4337, 5935, 4395, 335]),
            ),
        ] {
            let value: Decimal = text.parse().expect(text);
            let mut written = Vec::new();
            write(value, &mut written);
            assert_eq!(written, bytes, "{text}");
            assert_eq!(read(&bytes).map(|read| read.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_no_decimal_holds_is_not_rounded() {
        assert_eq!(read(&groups(0, 0xC000, 0, &[])), None, "NaN");
        assert_eq!(read(&groups(0, 0xD000, 0, &[])), None, "infinity");
        let long = groups(7, 0, 0, &[7, 9228, 1625, 1426, 4337, 5935, 4395, 336]);
        assert_eq!(read(&long), None, "one more than the largest");
        assert_eq!(read(&groups(200, 0, 0, &[1])), None);
        assert_eq!(read(&groups(-8, 0, 29, &[1000])), None, "29 digits behind the point");
        assert_eq!(read(&[0, 1]), None, "cut off");
    }

    #[test]
    fn zeros_that_do_not_fit_are_not_shown() {
        let many = groups(-1, 0, 40, &[5000]);
        assert_eq!(read(&many), "0.5".parse().ok());
    }
}
